#pragma once

#include "store/sql/engine/engine.hpp"

// One file each.
namespace chr21::sql {

const Engine& sqlite_engine();
const Engine& postgresql_engine();
const Engine& mysql_engine();

}  // namespace chr21::sql
