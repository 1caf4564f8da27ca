"""From an estimate to an answer: its error, its 95 % interval, the smallest detectable change and the verdict."""
