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

# A room that the workers link too: SHARED. They answer __tsan_* themselves and run with limits that no sanitizer's
# runtime bears, so that they get it as it is: sg_shared_<name>, which is sg_<name> where nothing is sanitized.
function(sg_room name)
  cmake_parse_arguments(PARSE_ARGV 1 ROOM "SHARED" "" "SOURCES;LINK")
  set(targets sg_${name})
  if(ROOM_SHARED AND SYNCGRADE_SANITIZE)
    list(APPEND targets sg_shared_${name})
  endif()
  foreach(target IN LISTS targets)
    set(links ${ROOM_LINK})
    if(NOT target STREQUAL "sg_${name}")
      list(TRANSFORM links REPLACE "^sg_" "sg_shared_")
    endif()
    add_library(${target} STATIC ${ROOM_SOURCES})
    target_include_directories(${target} PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
    target_link_libraries(${target} PUBLIC ${links})
    set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE ON)
    sg_compile(${target})
  endforeach()
  if(ROOM_SHARED AND NOT SYNCGRADE_SANITIZE)
    add_library(sg_shared_${name} ALIAS sg_${name})
  endif()
  if(SYNCGRADE_SANITIZE)
    # Whoever links a room is sanitized with it.
    target_compile_options(sg_${name} PUBLIC -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(sg_${name} PUBLIC -fsanitize=address,undefined)
  endif()
endfunction()
