"""Which pixels count: zones on the mesh, less what is not bare skin in focus, the same for every shot."""
