// Vector indexes: what CreateTable, UpdateTable and ImportTable say about them. They are settings only - TableSettings::more
// ["describe"]["VectorIndexes"] - and searched exactly, item by item. Source: API_VectorIndex; developer guide, vector search; the
// vector-search notes of aws/agent-toolkit-for-aws. The words about limits and billing are guessed. Guarded by the universe's mutex.
#pragma once

#include <boost/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "emulator/api/common_fields.hh"
#include "emulator/engine/session.hh"

namespace fickle {

namespace fields {

inline constexpr Field kVectorAttributeMembers[] = {
    {.name = "AttributeName", .required = true, .min_length = 1, .max_length = 255}};
inline constexpr Field vector_attribute{.name = "VectorAttribute",
                                        .shape = Shape::structure,
                                        .required = true,
                                        .type_name = "com.amazonaws.dynamodb.v20120810.VectorAttributeDefinition",
                                        .members = kVectorAttributeMembers};
inline constexpr Field kSearchElementMembers[] = {
    {.name = "AttributeName", .required = true, .min_length = 1, .max_length = 255},
    {.name = "SearchSchemaElementType", .required = true, .enum_set = "[HASH, INLINE_FILTER]"},
};
inline constexpr Field kSearchElement{.shape = Shape::structure,
                                      .type_name = "com.amazonaws.dynamodb.v20120810.SearchSchemaElement",
                                      .members = kSearchElementMembers};
inline constexpr Field search_schema{
    .name = "SearchSchema", .shape = Shape::list, .min_length = 1, .element = &kSearchElement};
inline constexpr Field vector_dimensions{
    .name = "Dimensions", .shape = Shape::integer, .required = true, .min_value = 1};
inline constexpr Field distance_function{
    .name = "DistanceFunction", .required = true, .enum_set = "[COSINE, DOT_PRODUCT, EUCLIDEAN]"};
inline constexpr Field kVectorIndexMembers[] = {
    table_index_name, vector_attribute, search_schema, projection, vector_dimensions, distance_function,
};
inline constexpr Field kVectorIndex{.shape = Shape::structure,
                                    .type_name = "com.amazonaws.dynamodb.v20120810.VectorIndex",
                                    .members = kVectorIndexMembers};
inline constexpr Field vector_indexes{.name = "VectorIndexes", .shape = Shape::list, .element = &kVectorIndex};
inline constexpr Field kVectorUpdateMembers[] = {
    {.name = "Create",
     .shape = Shape::structure,
     .type_name = "com.amazonaws.dynamodb.v20120810.CreateVectorIndexAction",
     .members = kVectorIndexMembers},
    {.name = "Delete",
     .shape = Shape::structure,
     .type_name = "com.amazonaws.dynamodb.v20120810.DeleteVectorIndexAction",
     .members = kDeleteIndexMembers},
};
inline constexpr Field kVectorUpdate{.shape = Shape::structure,
                                     .type_name = "com.amazonaws.dynamodb.v20120810.VectorIndexUpdate",
                                     .members = kVectorUpdateMembers};
inline constexpr Field vector_index_updates{
    .name = "VectorIndexUpdates", .shape = Shape::list, .min_length = 1, .element = &kVectorUpdate};

}  // namespace fields

struct VectorIndexChange {
  bool create = false;
  std::string name;
  boost::json::object body;
};

[[nodiscard]] std::vector<VectorIndexChange> read_vector_changes(const boost::json::object& body);
// VectorIndexes of CreateTable (or that list under another name), as creations.
[[nodiscard]] std::vector<VectorIndexChange> read_vector_indexes(const boost::json::object& body,
                                                                 std::string_view member = "VectorIndexes");
// What new indexes need: definitions of what they search by, on-demand capacity, room beside those that are `present`.
void check_vector_creations(const std::vector<VectorIndexChange>& changes, std::size_t present, BillingMode billing,
                            std::span<const KeyAttribute> definitions);
// `billing` and `definitions`: as the request wants them to be, and gives them.
void check_vector_changes(const Table& table, const std::vector<VectorIndexChange>& changes, BillingMode billing,
                          std::vector<KeyAttribute> definitions);
// Indexes that are being created or deleted.
[[nodiscard]] std::size_t online_vector_changes(const Table& table);
// An index of a new table is CREATING with it, one that comes later is filled meanwhile.
enum class VectorsOf { new_table, present_table };
void apply_vector_changes(Session& session, Table& table, const std::vector<VectorIndexChange>& changes,
                          VectorsOf owner);
// In UpdateTable's answer they are still coming or going; `old` is the description before.
void show_vector_changes(boost::json::object& description, const boost::json::object& old,
                         const std::vector<VectorIndexChange>& changes);

// The vector indexes of a table as they were asked for, without what became of them: for backups and restores.
[[nodiscard]] boost::json::array vector_indexes_as_asked(const Table& table);

}  // namespace fickle
