/* Reads an exercise's manifest, <folder>/exercise.yaml. Every error names file, line and key, and says what to do:
 * "exercises/lock/exercise.yaml:12: checks[1].engines[0]: …".
 *
 *     exercise: lock            # the folder's name
 *     version: 1
 *     title: A lock
 *     plugin: lock              # the kind: lock, semaphore, … (kinds/); or in its place one of its own:
 *     kind:
 *       name: latch             # the symbol is latch_plugin, the object's type struct latch
 *       words: latch            # what a sentence calls it
 *       header: latch.h         # in the folder's include/
 *       abi: { macro: LATCH_PLUGIN_ABI, number: 1 }
 *       threads_max: true       # optional: the second number is the most threads that the algorithm serves; or it is
 *       choice: { name: signaling, values: [ MONITOR_MESA, MONITOR_HOARE ], words: [ Mesa, Hoare ] }  # one of several
 *       init: [ unsigned ]      # optional: C types of its arguments behind the object
 *       operations:             # in the order of the struct; all but the name are optional
 *         - { name: await, arguments: [ unsigned ], returns: void, blocks: true, gives_way: false, keeps_out: false,
 *             optional: false }
 *       inside: { enter: has a permit, enter_shared: "…", leave: "…", together: "…", too_many: "…", one_alone: "…",
 *                 each_alone: "…" }     # optional, as is each: what a report says of those in a section
 *     workloads:
 *       - name: counter
 *         object: lock-counter  # optional: <plugin>-<name>, with hyphens for underscores; what the folder
 *                               # itself has for it (<object>.c, .so, <name>.c, .so) comes first
 *         explore: { threads: 2, rounds: 2, max_executions: 200000 }   # engines without a size do not run it
 *         tsan: { threads: 3, rounds: 300, trials: 2, time_ms: 1000 }  # optional: trials 1, time_ms 1000
 *         native: { threads: 4, rounds: 20000, trials: 3, time_ms: 300 }
 *     checks:                   # their points sum up to 100
 *       - { workload: counter, property: mutual-exclusion, engines: [explore, tsan, native], points: 100,
 *           hint: "…", section: "The rules", hidden: false }           # the last three are optional; section: a
 *                                                                     # heading of README.md that explains it
 *           requires: [ counter/mutual-exclusion ]                     # optional, in any check: it counts only where
 *                                                                     # these hold
 *     coverage: { accept: sampled, switches: 2, executions: 1000 }     # optional: what the explorer must have looked
 *                                                                     # at for a pass to count: all; switches: all
 *                                                                     # with up to so many; sampled: that, or so many
 *                                                                     # executions; nothing: real threads will do
 *     starter_max: 10                                                  # optional: points that starter.c may get
 *     withhold: [ hints, counterexamples, mistakes ]                   # optional: what students are not told
 *     bounds: { bypass_per_thread: 3 }                                 # optional, as is all that follows
 *     limits: { hang_ms: 5000, wall_ms: 60000, cpu_ms: 60000, memory_kib: 262144, threads: 64, output_kib: 64,
 *               object_kib: 1024, source_kib: 256 }
 *     imports: [ "malloc", "pthread_*" ]                               # none: anything may be imported
 *     flags: [ "-DX=1" ]
 *
 * What students read of it can stand beside it in another language, as <folder>/exercise.ko.yaml; it is used when that
 * is the language in use (translate.h). Every key is optional; what is not translated there is as in exercise.yaml.
 *
 *     title: 락
 *     hints:
 *       counter/mutual-exclusion: "…"                                  # by the check's id
 *     sections: { "The rules": "규칙" }                                # headings of README.md and of README.ko.md
 *     mistakes: { "Dekker's second attempt": "…" }                     # names of mistakes.yaml
 *     kind: { words: 래치, enter: "…", enter_shared: "…", leave: "…" }  # of a kind of its own
 */
#ifndef MANIFEST_H
#define MANIFEST_H

#include "exercise.h"
#include "fault.h"

#define MANIFEST_FILE "exercise.yaml"
#define MANIFEST_BYTES_MAX (1024u * 1024u)

/* Reads the manifest of the exercise in `folder`. Returns 0 and fills *exercise, which manifest_free() releases; else a
 * negative errno value, *fault (FAULT_EXERCISE: -ENOENT no such folder or manifest, -EINVAL what stands in it is wrong;
 * FAULT_MACHINE: it could not be read), and *exercise is zeroed.
 * What the manifest leaves out has the defaults of exercise.h; bounds and limits are always filled. */
int manifest_read(const char *folder, struct exercise *exercise, struct fault *fault);

/* Frees what manifest_read() allocated, and zeroes it. A zeroed exercise is legal. */
void manifest_free(struct exercise *exercise);

#endif
