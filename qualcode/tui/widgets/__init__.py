"""The parts that screens are made of, a folder or a file each; imported one by one."""
