"""How the learned model is made and measured. Nothing here is part of the installed package."""
