#include "transport/http/connection.hpp"

#include <memory>
#include <utility>

namespace chr21::http {
namespace {

using observe::ConnectionEnd;
using service::Piece;

constexpr std::size_t worth_mentioning = std::size_t{16} * 1024;  // bytes, of progress

}  // namespace

// All that there was of the body has been sent. Puts its next piece on the bench, or has a worker
// make it, unless the turn is over. False: there is none, and the client has to see that.
bool Connection::go_on_with_body(Workbench& bench) {
    auto& answer = *long_answer_;
    if (answer.finished) {
        long_answer_.reset();
        return true;
    }
    if (task_ || bench.now >= bench.turn_end) return true;
    if (answer.cost) {
        auto& workers = *answer.cost == service::Cost::waiting ? *bench.waiting : *bench.computing;
        answer.held = answer.body->bytes_held();
        task_ = std::make_shared<Task>(
            std::move(answer.body), *answer.cost, *bench.inbox, socket_.number());
        if (workers.put(task_)) return true;
        task_.reset();
        return put_piece(bench, Piece::fault, {});  // the server stops, or has no thread
    }
    std::string piece;
    const auto outcome = answer.body->next(piece);
    bench.now = Clock::now();
    return put_piece(bench, outcome, std::move(piece));
}

bool Connection::take_piece(Workbench& bench, Task& task) {
    long_answer_->body = std::move(task.body);
    return put_piece(bench, task.outcome, std::move(task.piece)) && go_on(bench);
}

// `outcome` is what came behind the piece, which may be empty.
bool Connection::put_piece(Workbench& bench, Piece outcome, std::string&& piece) {
    auto& answer = *long_answer_;
    if (outcome == Piece::fault) {
        end_ = ConnectionEnd::body_fault;
        cut();
        return false;
    }
    if (!piece.empty()) {
        ResponseWriter::write_piece(bench.outbox, std::move(piece), answer.framing);
    }
    if (outcome == Piece::end) {
        ResponseWriter::write_end(bench.outbox, answer.framing);
        answer.finished = true;
        if (bench.outbox.empty()) long_answer_.reset();
    }
    return true;
}

// The client has gone.
void Connection::drop_bench(Workbench& bench) const {
    if (long_answer_ && long_answer_->body) long_answer_->body->not_sent(bench.outbox.unsent());
    bench.outbox = Outbox();
}

void Connection::note_progress(const Workbench& bench, std::size_t bytes) {
    moved_ += bytes;
    if (moved_ < worth_mentioning) return;
    moved_ = 0;
    progress_ = bench.now;
}

void Connection::count_buffers() {
    auto bytes = pending_.capacity() + reader_.body_held();
    if (outbox_) bytes += outbox_->held();
    if (task_) bytes += task_->bytes.capacity() + task_->reading.request.body.size();
    if (long_answer_) {
        const auto& body = long_answer_->body;
        bytes += body ? body->bytes_held() : long_answer_->held + service::piece_size;
    }
    share_.hold(bytes);
}

bool Connection::waits_for_its_client() const {
    return phase_ == Phase::sending || (phase_ == Phase::body && reader_.body_held() > little_held);
}

bool Connection::make_room(Workbench& bench) {
    end_ = ConnectionEnd::buffers_full;
    if (phase_ == Phase::sending) {
        cut();
        return false;
    }
    pending_ = std::string();
    reader_.forget();
    refuse(bench, 503, "there is no memory for more requests; try again later");
    return flush(bench);
}

}  // namespace chr21::http
