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
