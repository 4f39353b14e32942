"""What people mark in Word documents."""
