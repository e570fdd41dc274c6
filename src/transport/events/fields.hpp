#pragma once

#include "service/request.hpp"

#include <forward_list>
#include <string>

#include <boost/json/object.hpp>

namespace chr21::events {

// Reads every header field that an answer depends on into `request`. Its views are into the event,
// or into `joined`, which gets the values of fields that were sent several times. The map of lists
// goes before the map of last values, from which come names that only it has.
void read_fields(const boost::json::object& event,
                 service::Request& request,
                 std::forward_list<std::string>& joined);

}  // namespace chr21::events
