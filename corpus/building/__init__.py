"""How the gold of the corpus is built: from labels that quote the article to exact places and values."""
