"""Each third-party engine behind one of the ports, one module per library; its types and errors stop there."""
