"""Lists of patients in and out as CSV: read forgivingly, checked row by row, written so that no cell is a formula."""
