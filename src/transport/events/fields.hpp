#pragma once

#include "service/request.hpp"

#include <forward_list>
#include <string>
#include <string_view>

#include <boost/json/object.hpp>

namespace chr21::events {

// What the header fields of an event say. Views are into the event, or into `joined`.
struct Fields {
    explicit Fields(service::Request& those_known) : request(&those_known) {}

    service::Request* request;                   // has every field that an answer depends on
    std::string_view trace_header = {};          // X-Amzn-Trace-Id
    std::forward_list<std::string> joined = {};  // values of fields that were sent several times
};

// The map of lists goes before the map of last values, from which come names that only it has.
void read_fields(const boost::json::object& event, Fields& fields);

}  // namespace chr21::events
