#!/usr/bin/env bash
# Grades a class as a Slurm array: each task a part of the submissions, all into one folder.
#
#     sbatch array.sh SUBMISSIONS RESULTS [OPTION of syncgrade batch]…
#     SHARDS=4 sbatch --array=3 array.sh SUBMISSIONS RESULTS …       # part 3 of 4 again: what it has graded stays
#
# Both folders are on a file system that all nodes share. slurm.md beside this file tells more.
#SBATCH --job-name=syncgrade
#SBATCH --array=1-4
#SBATCH --cpus-per-task=2
#SBATCH --mem=2G
#SBATCH --time=04:00:00
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=syncgrade-%A_%a.log
set -euo pipefail
if [ $# -lt 2 ]; then
	echo "array.sh: sbatch array.sh SUBMISSIONS RESULTS [OPTION…]" >&2
	exit 2
fi
submissions=$1 results=$2
shift 2
# Submitted again for one part, the array has one task: of how many parts it is one has to be told then.
shards=${SHARDS:-${SLURM_ARRAY_TASK_COUNT:?this is for sbatch}}
exec syncgrade batch "$submissions" -o "$results" --shard "$SLURM_ARRAY_TASK_ID/$shards" --exit-zero "$@"
