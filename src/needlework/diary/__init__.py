"""The diary: working time, resources, appointments, holds, waiting list; windows and blocks are plain values to it."""
