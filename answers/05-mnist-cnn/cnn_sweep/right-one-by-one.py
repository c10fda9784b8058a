# points: 2
# trained: reference
# Written out.
networks["SGD"], runs["SGD"] = experiment("sgd", "SGD", 0.1, 0)
networks["SGD + dropout"], runs["SGD + dropout"] = experiment("sgd-dropout", "SGD", 0.1, 0.4)
networks["Adam"], runs["Adam"] = experiment("adam", "Adam", 0.001, 0)
networks["Adam + dropout"], runs["Adam + dropout"] = experiment("adam-dropout", "Adam", 0.001, 0.4)
