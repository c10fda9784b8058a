# points: 0
# with: sweep_network = wrong-too-large
# with: sweep_runs = right-plain
# 1.7 million parameters.
final, final_run = run_training("large", best_p, 1)
