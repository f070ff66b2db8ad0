# SPDX-License-Identifier: GPL-3.0-or-later
# Compiler settings shared by every target, and the functions by which targets are declared.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release)
endif()
# melscope and its engine lie side by side; tests go to their own folder.
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}")
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}")

option(MELSCOPE_WERROR "Warnings are errors" OFF)
set(MELSCOPE_SANITIZE "" CACHE STRING "Sanitizers for every target, e.g. address,undefined or thread")

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
    set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env
        "CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime"
        "CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}" "CCACHE_NOHASHDIR=1" "CCACHE_IGNOREOPTIONS=-Werror -Wno-error=*" "${CCACHE_PROGRAM}")
    add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-fpch-preprocess>)
endif()

# Designated initialisers leave the rest to the defaults on purpose.
add_compile_options(-Wall -Wextra -Wno-missing-field-initializers)
if(MELSCOPE_WERROR)
    # GCC 12 sees overflows and overlaps inside std::string that are not there.
    add_compile_options(-Werror -Wno-error=stringop-overflow -Wno-error=restrict)
endif()
if(MELSCOPE_SANITIZE)
    add_compile_options(-fsanitize=${MELSCOPE_SANITIZE} -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${MELSCOPE_SANITIZE})
endif()

# melscope_json_literals(VARIABLE FOLDER NAMES...): resources/FOLDER/NAME.json as C++ string literals in VARIABLE, so that a
# headless program finds them without any installed file.
function(melscope_json_literals variable folder)
    set(literals "")
    foreach(name ${ARGN})
        set(file "${CMAKE_SOURCE_DIR}/resources/${folder}/${name}.json")
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${file}")
        file(READ "${file}" text)
        string(APPEND literals "R\"json(${text})json\",\n")
    endforeach()
    set(${variable} "${literals}" PARENT_SCOPE)
endfunction()

# melscope_core_library(NAME [OWN_PRECOMPILED] SOURCES... DEPENDS libraries...): one static library per folder of core/, header root core/.
function(melscope_core_library name)
    cmake_parse_arguments(ARG "OWN_PRECOMPILED" "" "SOURCES;DEPENDS;PRIVATE_DEPENDS" ${ARGN})
    add_library(${name} STATIC ${ARG_SOURCES})
    set_target_properties(${name} PROPERTIES AUTOMOC OFF)
    target_include_directories(${name} PUBLIC "${CMAKE_SOURCE_DIR}/core")
    target_link_libraries(${name} PUBLIC ${ARG_DEPENDS} PRIVATE ${ARG_PRIVATE_DEPENDS})
    # One precompiled header for all of core halves its compile time; the engine has its own, with torch.
    if(ARG_OWN_PRECOMPILED)
        return()
    elseif(name STREQUAL melscope_base)
        target_precompile_headers(${name} PRIVATE "${CMAKE_SOURCE_DIR}/cmake/core-precompiled.h")
    else()
        target_precompile_headers(${name} REUSE_FROM melscope_base)
    endif()
endfunction()

# melscope_widget_library(NAME SOURCES... DEPENDS libraries...): one static library per folder of widgets/, header root widgets/.
function(melscope_widget_library name)
    cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS" ${ARGN})
    add_library(${name} STATIC ${ARG_SOURCES})
    target_include_directories(${name} PUBLIC "${CMAKE_SOURCE_DIR}/widgets")
    target_compile_definitions(${name} PUBLIC QT_NO_KEYWORDS QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_USE_QSTRINGBUILDER)
    target_link_libraries(${name} PUBLIC Qt6::Widgets ${ARG_DEPENDS})
    if(name STREQUAL melscope_widgets_common)
        target_precompile_headers(${name} PRIVATE "${CMAKE_SOURCE_DIR}/cmake/widgets-precompiled.h")
    else()
        target_link_libraries(${name} PUBLIC melscope_widgets_common)
        target_precompile_headers(${name} REUSE_FROM melscope_widgets_common)
    endif()
endfunction()

# melscope_test(NAME SOURCES... DEPENDS libraries... [TIMEOUT seconds]): a Qt Test executable, run offscreen.
function(melscope_test name)
    cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;DEPENDS" ${ARGN})
    if(NOT ARG_TIMEOUT)
        set(ARG_TIMEOUT 300)
    endif()
    add_executable(${name} ${ARG_SOURCES})
    set_target_properties(${name} PROPERTIES AUTOMOC ON RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
    target_include_directories(${name} PRIVATE "${CMAKE_SOURCE_DIR}/tests")
    target_compile_definitions(${name} PRIVATE QT_NO_KEYWORDS)
    target_link_libraries(${name} PRIVATE Qt6::Test ${ARG_DEPENDS})
    add_test(NAME ${name} COMMAND ${name})
    # GCC 12's leak check takes thread storage of libraries that are loaded late (the engine) for a table of its own and crashes in it.
    set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT} ENVIRONMENT
        "QT_QPA_PLATFORM=offscreen;MELSCOPE_SHARED=${CMAKE_SOURCE_DIR}/../shared;LC_ALL=C.UTF-8;ASAN_OPTIONS=intercept_tls_get_addr=0")
endfunction()
