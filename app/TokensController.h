// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Threads.h"
#include "common/LatestRequest.h"
#include "dataset/Dataset.h"
#include "runs/RunCodebooks.h"
#include "spectral/FrontEnd.h"
#include "tokens/LoadedTokens.h"
#include "tokens/TokenSourcePanel.h"

#include <QObject>

#include <functional>
#include <memory>
#include <vector>

namespace melscope {

class ExcerptPlayer;
class RunsController;
class TokensPerspective;

/// Makes, opens and saves codebooks for the Tokens perspective on a worker (a BEATs tokenizer's on the training thread, between runs),
/// keeps those at hand, and plays and shows places. Lives on the GUI thread and never waits there.
class TokensController : public QObject
{
    Q_OBJECT

public:
    /// Both must outlive this object.
    TokensController(TokensPerspective& perspective, RunsController& runs, QObject* parent = nullptr);

    void setDataset(const std::shared_ptr<const Dataset>& dataset);
    void setFrontEnd(const FrontEnd& frontEnd);
    using Origin = TokenSourcePanel::Entry; ///< its title comes with the codebook
    void open(const std::filesystem::path& file, const Origin& origin);
    ExcerptPlayer& excerpts() { return *m_excerpts; }
    const std::vector<std::shared_ptr<const LoadedTokens>>& codebooks() const { return m_codebooks; }

Q_SIGNALS:
    void clipWanted(int clip); ///< of the dataset, to be shown on every page

private:
    using Work = std::function<std::shared_ptr<const TokenSet>(std::stop_token, const TokenProgress&)>;
    void fit(const TokenSourcePanel::FitWish& wish);
    void takeBeats(const QString& path);
    void save(const QString& path);
    void saveLabels(const QString& folder);
    using Write = std::function<void(const TokenSet&, const std::stop_token&)>;
    void write(const QString& done, const Write& work); ///< the current codebook; `done`: what is said then
    void make(const QString& what, const Origin& origin, Work work);
    static void produce(TokensController* to, const LatestRequest::Ticket& request, const Origin& origin, const std::stop_token& stop, const Work& work);
    void add(const std::shared_ptr<const LoadedTokens>& tokens, const Origin& origin);
    void remove(int codebook);
    void choose(int codebook);
    QString nameOf(int codebook) const; ///< where it comes from and what it is
    void compare(int codebook); ///< the chosen one with another
    void cancel();
    void fail(const QString& sentence);
    void play(const TokenPlace& place);
    void hear(int code);
    void showClip(const TokenPlace& place);
    int clipOf(const TokenPlace& place); ///< in the open dataset; -1, and a sentence, where it has none of that name

    TokensPerspective& m_perspective;
    RunsController& m_runs;
    std::shared_ptr<const Dataset> m_dataset;
    std::vector<std::shared_ptr<const LoadedTokens>> m_codebooks;
    std::vector<TokenSourcePanel::Entry> m_entries; // of m_codebooks
    int m_current = -1;
    ExcerptPlayer* m_excerpts;
    JobPool m_writer{1};
    LatestJob m_comparing;
    LatestJob m_job;
    LatestRequest m_request, m_comparisonRequest; // last: given up before the rest goes
};

} // namespace melscope
