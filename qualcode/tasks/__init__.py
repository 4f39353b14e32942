"""What a person asks for, one file per verb, used by the command line and the terminal alike.

Tasks join the store, the readers, the numbers and the documents; they print nothing.
"""
