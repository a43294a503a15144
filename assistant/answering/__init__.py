"""Evidence → draft claims. `extractive` needs no model; `generative` asks a chat model to word them."""
