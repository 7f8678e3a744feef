# A room is a folder of grader/ and a static library: it sees its own headers and those of the rooms that it links,
# and no others, so that an include against the direction of dependencies (grader/ARCHITECTURE.md) does not compile.

# The same layout in the build tree and where it is installed, so that the program finds its parts relative to itself:
# <root>/libexec/syncgrade, <root>/lib/syncgrade, <root>/share/syncgrade, <root>/include.
set(SG_INSTALL_LIBEXEC libexec/syncgrade)
set(SG_INSTALL_LIB lib/syncgrade)
set(SG_INSTALL_SHARE share/syncgrade)
set(SG_LIBEXEC_DIR ${CMAKE_BINARY_DIR}/${SG_INSTALL_LIBEXEC})
set(SG_LIB_DIR ${CMAKE_BINARY_DIR}/${SG_INSTALL_LIB})
set(SG_SHARE_DIR ${CMAKE_BINARY_DIR}/${SG_INSTALL_SHARE})
set(CMAKE_BUILD_WITH_INSTALL_RPATH ON)
set(CMAKE_INSTALL_RPATH "$ORIGIN/../../${SG_INSTALL_LIB}")

set(SG_WARNINGS -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes)
if(SYNCGRADE_WERROR)
  list(APPEND SG_WARNINGS -Werror)
endif()

# What every C file of the grader is compiled with.
function(sg_compile target)
  target_compile_options(${target} PRIVATE $<$<COMPILE_LANGUAGE:C>:${SG_WARNINGS}>)
  target_compile_definitions(${target} PRIVATE _GNU_SOURCE SYNCGRADE_GRADER)
endfunction()

function(sg_room name)
  cmake_parse_arguments(PARSE_ARGV 1 ROOM "" "" "SOURCES;LINK")
  add_library(sg_${name} STATIC ${ROOM_SOURCES})
  target_include_directories(sg_${name} PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
  target_link_libraries(sg_${name} PUBLIC ${ROOM_LINK})
  set_target_properties(sg_${name} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  sg_compile(sg_${name})
endfunction()
