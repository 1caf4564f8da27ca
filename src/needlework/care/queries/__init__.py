"""What is owed and paid for appointments and courses; every question knows who asks."""
