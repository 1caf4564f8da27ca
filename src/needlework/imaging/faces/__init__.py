"""Where the face is: detection, the mesh of 468 points, points placed by hand, pose and likeness."""
