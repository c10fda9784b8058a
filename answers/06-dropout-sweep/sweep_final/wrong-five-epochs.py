# points: 0.25
# with: sweep_network = right-small
# with: sweep_runs = right-plain
# Five epochs.
final, final_run = run_training("five", best_p, 5)
