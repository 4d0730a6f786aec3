"""A renderer for graphics processors, over OpenGL without a window (EGL); needs the extra `gl`."""
