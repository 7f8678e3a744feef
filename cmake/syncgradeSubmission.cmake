# syncgrade_add_submission(<name> <source>... [EXERCISE <exercise>])
#
# Builds <name>.so from C sources as the grader builds a .c: instrumented with -fsanitize=thread, and linked without
# libtsan, since whoever loads it answers the instrumentation's calls. Adds
#   - the target grade-<name>, which grades it and shows the report, and
#   - the test grade.<name>, where testing is enabled: passes if every check with points does.
function(syncgrade_add_submission name)
  cmake_parse_arguments(PARSE_ARGV 1 SUBMISSION "" "EXERCISE" "")
  if(NOT SUBMISSION_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "syncgrade_add_submission(${name}): name the submission's source files")
  endif()
  add_library(${name} MODULE ${SUBMISSION_UNPARSED_ARGUMENTS})
  set_target_properties(${name} PROPERTIES PREFIX "" SUFFIX ".so" C_EXTENSIONS ON)
  target_compile_features(${name} PRIVATE c_std_17)
  target_compile_options(${name} PRIVATE -O1 -g -Wall -fsanitize=thread -fno-omit-frame-pointer
    -fno-builtin-memset -fno-builtin-memcpy -fno-builtin-memmove -fno-builtin-bzero
    -fno-builtin-strcpy -fno-builtin-strncpy -fno-builtin-strcat)
  target_link_libraries(${name} PRIVATE syncgrade::headers Threads::Threads)

  set(command syncgrade::syncgrade grade)
  if(SUBMISSION_EXERCISE)
    list(APPEND command --exercise ${SUBMISSION_EXERCISE})
  endif()
  list(APPEND command $<TARGET_FILE:${name}>)
  add_custom_target(grade-${name} COMMAND ${command} DEPENDS ${name} USES_TERMINAL)
  add_test(NAME grade.${name} COMMAND ${command})
endfunction()

# syncgrade_add_workload(<name> <source>...)
#
# Builds a workload of one's own as syncgrade builds it, with more warnings: for editors and for the compiler's words.
# syncgrade itself takes <name>.c from the exercise's folder, not what is built here.
function(syncgrade_add_workload name)
  if(NOT ARGN)
    message(FATAL_ERROR "syncgrade_add_workload(${name}): name the workload's source files")
  endif()
  set(target workload-${name})
  add_library(${target} MODULE ${ARGN})
  set_target_properties(${target} PROPERTIES PREFIX "" OUTPUT_NAME ${name} SUFFIX ".so" C_EXTENSIONS ON)
  target_compile_features(${target} PRIVATE c_std_17)
  target_compile_options(${target} PRIVATE -O1 -g -Wall -Wextra -fsanitize=thread -fno-omit-frame-pointer)
  target_link_libraries(${target} PRIVATE syncgrade::headers Threads::Threads)
endfunction()

# syncgrade_add_exercise(<folder>)
#
# Adds the test verify.<folder's name>, where testing is enabled: the exercise's solutions pass and its mutants fail as
# the .yaml files beside them say.
function(syncgrade_add_exercise folder)
  get_filename_component(path ${folder} ABSOLUTE BASE_DIR ${CMAKE_CURRENT_SOURCE_DIR})
  get_filename_component(name ${path} NAME)
  add_test(NAME verify.${name} COMMAND syncgrade::syncgrade verify ${path})
endfunction()
