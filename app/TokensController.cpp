// SPDX-License-Identifier: GPL-3.0-or-later
#include "TokensController.h"

#include "MicroscopeController.h"
#include "RunsController.h"
#include "TokensPerspective.h"
#include "base/Error.h"
#include "common/Deliver.h"
#include "playback/Player.h"
#include "tokens/AgreementPanel.h"
#include "tokens/CodeText.h"
#include "tokens/CodebookComparison.h"
#include "tokens/ExcerptPlayer.h"
#include "tokens/PlacesPanel.h"
#include "tokens/TokenGeometry.h"
#include "tokens/TokenPage.h"
#include "tokens/TokenSpans.h"
#include "training/BeatsTokens.h"

#include <algorithm>
#include <thread>

namespace melscope {
namespace {

QString text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

int workers()
{
    return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

} // namespace

TokensController::TokensController(TokensPerspective& perspective, RunsController& runs, QObject* parent)
    : QObject(parent), m_perspective(perspective), m_runs(runs), m_excerpts(new ExcerptPlayer(std::make_unique<Player>(), this))
{
    new MicroscopeController(perspective.microscope(), runs, this);
    TokenSourcePanel& sources = perspective.sources();
    connect(&sources, &TokenSourcePanel::fitRequested, this, &TokensController::fit);
    connect(&sources, &TokenSourcePanel::cancelRequested, this, &TokensController::cancel);
    connect(&sources, &TokenSourcePanel::openRequested, this, [this](const QString& path) { open(path.toStdString(), {.detail = path.section(QLatin1Char('/'), -1)}); });
    connect(&sources, &TokenSourcePanel::runRequested, this, [this](const RunCodebook& codebook) {
        open(codebook.file, {.detail = roundText(codebook), .round = codebook});
    });
    connect(&sources, &TokenSourcePanel::beatsRequested, this, &TokensController::takeBeats);
    connect(&sources, &TokenSourcePanel::saveRequested, this, &TokensController::save);
    connect(&sources, &TokenSourcePanel::labelsRequested, this, &TokensController::saveLabels);
    connect(&sources, &TokenSourcePanel::chosen, this, &TokensController::choose);
    connect(&sources, &TokenSourcePanel::removeRequested, this, &TokensController::remove);
    connect(&perspective.agreement(), &AgreementPanel::compareRequested, this, &TokensController::compare);
    connect(&perspective.places(), &PlacesPanel::playRequested, this, &TokensController::play);
    connect(&perspective, &TokensPerspective::hearRequested, this, &TokensController::hear);
    connect(&perspective.places(), &PlacesPanel::clipRequested, this, &TokensController::showClip);
    connect(m_excerpts, &ExcerptPlayer::failed, &perspective.places(), &PlacesPanel::showMessage);
    connect(m_excerpts, &ExcerptPlayer::started, &perspective.page().player(), &Player::pause); // two sounds at once say nothing
    connect(&perspective.page().player(), &Player::playingChanged, m_excerpts, [this](bool playing) {
        if (playing)
            m_excerpts->stop();
    });
    connect(&runs, &RunsController::codebooksFound, &sources, &TokenSourcePanel::setRunCodebooks);
    connect(&runs, &RunsController::runsChanged, &runs, &RunsController::findCodebooks);
    connect(&perspective, &TokensPerspective::seen, &runs, &RunsController::findCodebooks); // a training run makes them as it goes
}

void TokensController::setDataset(const std::shared_ptr<const Dataset>& dataset)
{
    m_dataset = dataset;
    m_perspective.page().setDataset(dataset);
    m_perspective.sources().setDataset(dataset);
}

void TokensController::setFrontEnd(const FrontEnd& frontEnd)
{
    m_perspective.sources().setFrontEnd(frontEnd);
}

void TokensController::fit(const TokenSourcePanel::FitWish& wish)
{
    if (!m_dataset)
        return;
    const QString detail = wish.heldOut ? tr("%1, fold %2 left out").arg(text(m_dataset->name)).arg(*wish.heldOut) : text(m_dataset->name);
    make(tr("Fitting the codebook"), {.detail = detail}, [dataset = m_dataset, wish](std::stop_token stop, const TokenProgress& progress) {
        return fitTokens(*dataset, wish.settings, wish.heldOut, workers(), stop, progress);
    });
}

void TokensController::open(const std::filesystem::path& file, const Origin& origin)
{
    make(tr("Opening the codebook"), origin,
         [file](std::stop_token, const TokenProgress&) { return std::make_shared<const TokenSet>(readTokenSet(file)); });
}

void TokensController::make(const QString& what, const Origin& origin, Work work)
{
    cancel();
    m_perspective.sources().showProgress(what, 0, 0);
    m_job.request([this, origin, work, request = m_request.renew(this)](const std::stop_token&) {
        lowerThreadPriority();
        produce(this, request, origin, request.token(), work);
    });
}

void TokensController::takeBeats(const QString& path)
{
    if (!m_dataset)
        return;
    cancel();
    m_perspective.sources().showProgress(m_runs.isTraining() ? tr("Waiting for the training") : tr("Making tokens"), 0, 0);
    m_runs.betweenRuns([this, path, dataset = m_dataset, request = m_request.renew(this)](RunStore&, const TrainingQueue::EngineSource& engine,
                                                                                          const std::stop_token& closing) {
        std::stop_source stop;
        const std::stop_callback onCancel(request.token(), [&stop] { stop.request_stop(); });
        const std::stop_callback onClose(closing, [&stop] { stop.request_stop(); });
        produce(this, request, {.detail = text(dataset->name)}, stop.get_token(), [&](const std::stop_token& token, const TokenProgress& progress) {
            return tokenizeWithBeats(*engine(), path.toStdString(), *dataset, workers(), token, progress);
        });
    });
}

/// On a worker, which may outlive the controller.
void TokensController::produce(TokensController* to, const LatestRequest::Ticket& request, const Origin& origin, const std::stop_token& stop, const Work& work)
{
    request.attempt([&] {
        const auto set = work(stop, [&](const std::string& doing, int done, int total) {
            request.send([to, doing = text(doing), done, total] { to->m_perspective.sources().showProgress(doing, done, total); });
        });
        request.send([to, loaded = loadTokens(set), origin] { to->add(loaded, origin); });
    }, [to](const QString& sentence) { to->fail(sentence); });
}

void TokensController::save(const QString& path)
{
    write(tr("The codebook was saved as %1.").arg(path), [path](const TokenSet& set, const std::stop_token&) { writeTokenSet(path.toStdString(), set); });
}

void TokensController::saveLabels(const QString& folder)
{
    write(tr("The tokens of every clip were saved as label tracks in %1.").arg(folder),
          [folder](const TokenSet& set, const std::stop_token& stop) { writeTokenLabels(folder.toStdString(), set, stop); });
}

void TokensController::write(const QString& done, const Write& work)
{
    if (m_current < 0)
        return;
    m_writer.add([this, done, work, set = m_codebooks[static_cast<size_t>(m_current)]->set, deliver = Deliver(this)](const std::stop_token& stop) {
        QString sentence = done;
        try {
            work(*set, stop);
        } catch (const std::exception& error) {
            sentence = text(error.what());
        }
        deliver([this, sentence] { m_perspective.sources().showMessage(sentence); });
    });
}

void TokensController::add(const std::shared_ptr<const LoadedTokens>& tokens, const Origin& origin)
{
    m_perspective.sources().finish();
    m_codebooks.push_back(tokens);
    m_entries.push_back(origin);
    m_entries.back().title = text(tokens->set->tokenizer.name);
    choose(static_cast<int>(m_codebooks.size()) - 1);
}

void TokensController::remove(int codebook)
{
    if (codebook < 0)
        return;
    m_codebooks.erase(m_codebooks.begin() + codebook);
    m_entries.erase(m_entries.begin() + codebook);
    choose(std::min(codebook, static_cast<int>(m_codebooks.size()) - 1));
}

void TokensController::choose(int codebook)
{
    m_current = codebook;
    m_excerpts->stop();
    m_perspective.sources().showMessage({});
    m_perspective.sources().setCodebooks(m_entries, codebook);
    QStringList titles;
    for (size_t i = 0; i < m_entries.size(); ++i)
        titles.append(nameOf(static_cast<int>(i)));
    m_comparisonRequest.giveUp();
    m_perspective.agreement().setCodebooks(titles, codebook);
    m_perspective.setTokens(codebook < 0 ? nullptr : m_codebooks[static_cast<size_t>(codebook)]);
    if (codebook >= 0 && m_entries[static_cast<size_t>(codebook)].round)
        m_perspective.microscope().chooseRound(*m_entries[static_cast<size_t>(codebook)].round);
}

QString TokensController::nameOf(int codebook) const
{
    const TokenSourcePanel::Entry& entry = m_entries[static_cast<size_t>(codebook)];
    return tr("%1: %2").arg(entry.detail, entry.title);
}

void TokensController::compare(int codebook)
{
    m_perspective.setComparison(nullptr);
    if (codebook < 0)
        return m_comparisonRequest.giveUp();
    m_comparing.request([this, request = m_comparisonRequest.renew(this), first = m_codebooks[static_cast<size_t>(m_current)],
                         second = m_codebooks[static_cast<size_t>(codebook)], firstName = nameOf(m_current),
                         secondName = nameOf(codebook)](const std::stop_token&) {
        request.attempt([&] {
            request.send([this, comparison = compareCodebooks(first, second, firstName, secondName)] { m_perspective.setComparison(comparison); });
        },
                        [this](const QString& sentence) { m_perspective.agreement().showMessage(sentence); });
    });
}

void TokensController::cancel()
{
    m_request.giveUp();
    m_perspective.sources().finish();
    m_perspective.sources().showMessage({});
}

void TokensController::fail(const QString& sentence)
{
    m_perspective.sources().finish();
    m_perspective.sources().showMessage(sentence);
}

int TokensController::clipOf(const TokenPlace& place)
{
    const std::string& name = m_perspective.tokens()->set->clips[static_cast<size_t>(place.clip)];
    const auto none = std::vector<Clip>::const_iterator();
    const auto found = m_dataset ? std::ranges::find(m_dataset->clips, name, &Clip::name) : none;
    if (m_dataset && found != m_dataset->clips.end())
        return static_cast<int>(found - m_dataset->clips.begin());
    m_perspective.places().showMessage(tr("%1 is not in the dataset that is open; open %2 to hear it.")
                                           .arg(text(name), text(m_perspective.tokens()->set->dataset)));
    return -1;
}

void TokensController::play(const TokenPlace& place)
{
    m_perspective.places().showMessage({});
    if (const int clip = clipOf(place); clip >= 0)
        m_excerpts->play(m_dataset->clips[static_cast<size_t>(clip)].path, TokenGeometry(*m_perspective.tokens()->set).seconds(place.token));
}

void TokensController::hear(int code)
{
    const std::optional<TokenPlace> typical = code < 0 ? std::nullopt : m_perspective.tokens()->occurrences->medoid(code);
    if (typical)
        play(*typical);
    else
        m_excerpts->stop();
}

void TokensController::showClip(const TokenPlace& place)
{
    m_perspective.places().showMessage({});
    const int clip = clipOf(place);
    if (clip < 0)
        return;
    Q_EMIT clipWanted(clip);
    m_perspective.page().seekTo(TokenGeometry(*m_perspective.tokens()->set).seconds(place.token));
}

} // namespace melscope
