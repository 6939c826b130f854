# fickle_embed(TARGET FILE SYMBOL): compiles the text of FILE (relative to the source folder) into TARGET as
#
#   namespace fickle { extern constinit const std::string_view SYMBOL; }
#
# Whoever uses it declares it so. The text may be of any length and hold any bytes.
function(fickle_embed target file symbol)
  get_target_property(type ${target} TYPE)
  if(type STREQUAL "INTERFACE_LIBRARY")
    return()  # a layer that has no sources yet
  endif()
  set(output ${CMAKE_BINARY_DIR}/generated/embedded/${symbol}.cc)
  add_custom_command(
      OUTPUT ${output}
      COMMAND ${CMAKE_COMMAND} -D INPUT=${CMAKE_SOURCE_DIR}/${file} -D OUTPUT=${output} -D SYMBOL=${symbol}
              -P ${CMAKE_SOURCE_DIR}/ci/cmake/embed_file.cmake
      DEPENDS ${CMAKE_SOURCE_DIR}/${file} ${CMAKE_SOURCE_DIR}/ci/cmake/embed_file.cmake
      COMMENT "Embedding ${file}" VERBATIM)
  target_sources(${target} PRIVATE ${output})
  set_source_files_properties(${output} PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
endfunction()
