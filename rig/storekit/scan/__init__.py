"""From a point cloud of the real store to where its racks and shelves truly stand."""
