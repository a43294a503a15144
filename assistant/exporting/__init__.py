"""Sources and passages → the files of other programs: reference managers and programs for qualitative analysis."""
