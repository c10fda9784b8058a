# points: 0
# with: sweep_network = right-small
# with: sweep_runs = right-plain
# Run and network are exchanged.
final_run, final = run_training("best", best_p, 10)
