#pragma once

#include "transport/events/sender.hpp"

#include <string>
#include <string_view>

#include <boost/json/object.hpp>

namespace chr21::events {

// The request target that the sender was asked for: "/genes?page=2". What it left percent-encoded
// stays as it is, and what it decoded is encoded once again, so that whoever reads the target
// decodes each part exactly once. Empty where the event names no path.
std::string make_target(Sender sender, const boost::json::object& event);

}  // namespace chr21::events
