"""The Streamlit pages. Streamlit is imported in this package alone."""
