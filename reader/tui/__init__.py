"""The screen: Textual and Rich live here and nowhere else."""
