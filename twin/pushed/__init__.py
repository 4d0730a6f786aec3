"""The look of what shoppers push and ride: prams, wheelchairs and trolleys of our own, from simple shapes."""
