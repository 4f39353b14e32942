"""One file per noun that the project file keeps."""
