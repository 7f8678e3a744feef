# What `cmake --install` makes beyond the programs, workloads and exercises: headers, our libtsan.so.2, the licence, and
# the package that find_package(syncgrade) finds.
include(CMakePackageConfigHelpers)

set(SG_INSTALL_CMAKE lib/cmake/syncgrade)

install(TARGETS sg_runtime LIBRARY DESTINATION ${SG_INSTALL_LIB} NAMELINK_SKIP)
# Not CMAKE_INSTALL_INCLUDEDIR: the program finds its headers relative to itself (grader/grade/site.c).
install(TARGETS syncgrade_headers EXPORT syncgradeTargets FILE_SET HEADERS DESTINATION include)
install(TARGETS syncgrade EXPORT syncgradeTargets RUNTIME DESTINATION bin)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION share/doc/syncgrade)

install(EXPORT syncgradeTargets NAMESPACE syncgrade:: DESTINATION ${SG_INSTALL_CMAKE})
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/syncgradeConfig.cmake.in
  ${CMAKE_BINARY_DIR}/cmake/syncgradeConfig.cmake INSTALL_DESTINATION ${SG_INSTALL_CMAKE}
  NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(${CMAKE_BINARY_DIR}/cmake/syncgradeConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/cmake/syncgradeConfig.cmake ${CMAKE_BINARY_DIR}/cmake/syncgradeConfigVersion.cmake
  ${CMAKE_CURRENT_LIST_DIR}/syncgradeSubmission.cmake DESTINATION ${SG_INSTALL_CMAKE})

install(FILES ${PROJECT_SOURCE_DIR}/doc/syncgrade.1 DESTINATION share/man/man1)
install(FILES ${PROJECT_SOURCE_DIR}/doc/completion/syncgrade.bash DESTINATION share/bash-completion/completions
  RENAME syncgrade)
install(FILES ${PROJECT_SOURCE_DIR}/doc/completion/_syncgrade DESTINATION share/zsh/vendor-completions)
install(FILES ${PROJECT_SOURCE_DIR}/grader/report/schema/result-1.json ${PROJECT_SOURCE_DIR}/grader/report/schema/result-2.json
  DESTINATION share/syncgrade/schema)
install(FILES ${PROJECT_SOURCE_DIR}/README.md ${PROJECT_SOURCE_DIR}/doc/instructors.md
  ${PROJECT_SOURCE_DIR}/doc/instructors.ko.md ${PROJECT_SOURCE_DIR}/doc/ci/github-pull-request.yml
  ${PROJECT_SOURCE_DIR}/doc/ci/gitlab-ci.yml ${PROJECT_SOURCE_DIR}/doc/ci/steps.sh
  ${PROJECT_SOURCE_DIR}/doc/slurm.md DESTINATION share/doc/syncgrade)
install(PROGRAMS ${PROJECT_SOURCE_DIR}/doc/slurm/array.sh DESTINATION share/doc/syncgrade/slurm)

# `cpack -G DEB` in the build tree.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME syncgrade)
set(CPACK_PACKAGE_CONTACT "the syncgrade authors <syncgrade@example.org>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION education)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${CMAKE_BINARY_DIR}/lib/syncgrade)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libtsan2")
# Submissions as source need a compiler; where only shared objects are handed in, none.
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "gcc, g++, libc6-dev")
include(CPack)
