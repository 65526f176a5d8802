# The clang for fuzz targets: the newest one from 16 on, for an older one cannot capture structured
# bindings in lambdas.
find_program(RUNUT_CLANG NAMES clang++-19 clang++-18 clang++-17 clang++-16 clang++)
if(NOT RUNUT_CLANG)
  message(FATAL_ERROR "clang++ is missing: tools/install.sh fuzz")
endif()
set(CMAKE_CXX_COMPILER ${RUNUT_CLANG})
