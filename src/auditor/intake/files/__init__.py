"""Files to raw sheets: takes paths, gives `Source`s, and through child processes with limits the cells as they are."""
