"""Official documents: PDF/UA made in the worker, in German, with a courtesy translation beside it."""
