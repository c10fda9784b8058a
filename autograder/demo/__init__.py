"""`autograder demo`: the whole way of a submission, on a class of ten made-up students."""
