# points: 1
# trained: reference
# Without dropout only.
for optimizer, lr in (("SGD", 0.1), ("Adam", 0.001)):
    for dropout, addition in ((0, ""),):
        name = (optimizer + addition).replace(" + ", "-").lower()
        networks[optimizer + addition], runs[optimizer + addition] = experiment(
            name, optimizer, lr, dropout
        )
