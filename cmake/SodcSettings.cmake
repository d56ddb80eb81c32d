# Language level, warnings and sanitizers of every target of the project.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

find_program(SODC_CCACHE ccache)
if(SODC_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_C_COMPILER_LAUNCHER ${SODC_CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${SODC_CCACHE})
endif()

add_library(sodc_warnings INTERFACE)
target_compile_options(sodc_warnings INTERFACE -Wall -Wextra -Wshadow -Wconversion -Wno-sign-conversion
  $<$<BOOL:${SODC_WARNINGS_AS_ERRORS}>:-Werror>
  # g++ 12 reports both inside its own std::string and std::variant when it optimizes.
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict -Wno-maybe-uninitialized>)

if(SODC_SANITIZE)
  add_compile_options(-fsanitize=${SODC_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${SODC_SANITIZE})
endif()

# Addresses of sources in messages and debug information are relative to the project.
add_compile_options(-ffile-prefix-map=${PROJECT_SOURCE_DIR}=.)
