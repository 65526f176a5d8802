# cmake -D BINARY=… -D NAME=… -D PROPERTIES=… -D LABEL=… -D REPLAYS=… -D OUT=… -P discover_suites.cmake
# Writes OUT, which ctest includes: one test NAME.Suite for each suite of the test binary. Those that REPLAYS lists have
# the label replays, the others LABEL.
cmake_minimum_required(VERSION 3.24)
execute_process(COMMAND ${BINARY} --gtest_list_tests OUTPUT_VARIABLE listed ERROR_VARIABLE listed_error
  RESULT_VARIABLE exit TIMEOUT 60)
if(NOT exit EQUAL 0)
  message(FATAL_ERROR "${BINARY} --gtest_list_tests: ${exit}\n${listed}${listed_error}")
endif()
string(REGEX MATCHALL "\n[^ \n]+[.]( |\n)" suites "\n${listed}\n")
if(NOT suites)
  message(FATAL_ERROR "${BINARY} has no test")
endif()
set(script "")
foreach(suite IN LISTS suites)
  string(REGEX REPLACE "^\n([^ \n]+)[.][ \n]$" "\\1" suite "${suite}")
  set(label "${LABEL}")
  if(suite IN_LIST REPLAYS)
    list(REMOVE_ITEM REPLAYS ${suite})
    set(label replays)
  endif()
  string(APPEND script "add_test([=[${NAME}.${suite}]=] [=[${BINARY}]=] [=[--gtest_filter=${suite}.*]=] --gtest_brief=1)\n"
    "set_tests_properties([=[${NAME}.${suite}]=] PROPERTIES ${PROPERTIES} LABELS \"${label}\")\n")
endforeach()
if(REPLAYS)
  message(FATAL_ERROR "${BINARY} has no suite ${REPLAYS}")
endif()
file(WRITE ${OUT} "${script}")
