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
  target_compile_options(${name} PRIVATE -O1 -g -Wall -fsanitize=thread -fno-omit-frame-pointer)
  target_link_libraries(${name} PRIVATE syncgrade::headers Threads::Threads)

  set(command syncgrade::syncgrade grade)
  if(SUBMISSION_EXERCISE)
    list(APPEND command --exercise ${SUBMISSION_EXERCISE})
  endif()
  list(APPEND command $<TARGET_FILE:${name}>)
  add_custom_target(grade-${name} COMMAND ${command} DEPENDS ${name} USES_TERMINAL)
  add_test(NAME grade.${name} COMMAND ${command})
endfunction()
