// SPDX-License-Identifier: GPL-3.0-or-later
#include "TokensPerspective.h"

#include "common/ThemedAction.h"
#include "tokens/AgreementPanel.h"
#include "tokens/CodeAtlas.h"
#include "tokens/CodeAtlasPanel.h"
#include "tokens/CodeGallery.h"
#include "tokens/CodeGalleryPanel.h"
#include "tokens/CurrentCode.h"
#include "tokens/MicroscopePanel.h"
#include "tokens/PlacesPanel.h"
#include "tokens/TokenPage.h"
#include "tokens/TokenSourcePanel.h"
#include "tokens/TokenStatisticsPanel.h"

#include <QAction>
#include <QDockWidget>
#include <QSettings>

#include <algorithm>

namespace melscope {
namespace {

constexpr int restMilliseconds = 150;

} // namespace

TokensPerspective::TokensPerspective(QWidget* parent)
    : DockPage(parent), m_current(new CurrentCode(this)),
      m_hear(themedAction(*this, QStringLiteral("volume"), tr("Play on hover"),
                          tr("A code under the pointer, or reached by the arrow keys, plays its most typical place: that nearest to its centre."))),
      m_page(new TokenPage(*m_current)), m_sources(new TokenSourcePanel),
      m_places(new PlacesPanel(*m_current)), m_agreement(new AgreementPanel(*m_current)),
      m_microscope(new MicroscopePanel), m_atlas(new CodeAtlasPanel(*m_current, m_hear)),
      m_gallery(new CodeGalleryPanel(*m_current, m_hear)), m_statistics(new TokenStatisticsPanel(*m_current))
{
    setCentralWidget(m_page);
    // What looks at all codes at once lies below the map, between the two docks.
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    m_sourcesDock = addDock(tr("Codebook"), QStringLiteral("codebookDock"), m_sources, Qt::LeftDockWidgetArea);
    m_placesDock = addDock(tr("Code"), QStringLiteral("codeDock"), m_places, Qt::RightDockWidgetArea);
    addBelow(tr("Atlas"), QStringLiteral("atlasDock"), m_atlas);
    addBelow(tr("Gallery"), QStringLiteral("galleryDock"), m_gallery);
    addBelow(tr("Statistics"), QStringLiteral("tokenStatisticsDock"), m_statistics);
    addBelow(tr("Comparison"), QStringLiteral("comparisonDock"), m_agreement);
    addBelow(tr("Masked tokens"), QStringLiteral("microscopeDock"), m_microscope);
    connect(m_page, &TokenPage::clipShown, this, [this](const std::string& name) {
        m_clipName = name;
        showClip();
    });
    connect(m_page, &TokenPage::fitRequested, m_sources, &TokenSourcePanel::fit);
    connect(m_page, &TokenPage::openRequested, m_sources, &TokenSourcePanel::askForFile);
    wireHearing();
    setTokens(nullptr);
}

void TokensPerspective::wireHearing()
{
    m_hear->setCheckable(true);
    m_rest.setSingleShot(true);
    m_rest.setInterval(restMilliseconds);
    connect(&m_rest, &QTimer::timeout, this, [this] { Q_EMIT hearRequested(m_pointed); });
    connect(&m_atlas->atlas(), &CodeAtlas::codeHovered, this, &TokensPerspective::codeUnderPointer);
    connect(&m_gallery->gallery(), &CodeGallery::codeHovered, this, &TokensPerspective::codeUnderPointer);
    connect(m_hear, &QAction::toggled, this, [this](bool on) {
        m_rest.stop();
        if (!on)
            Q_EMIT hearRequested(CurrentCode::none);
    });
}

void TokensPerspective::codeUnderPointer(int code)
{
    m_pointed = code;
    if (code == CurrentCode::none || !m_hear->isChecked())
        m_rest.stop(); // what sounds already may end
    else
        m_rest.start();
}

void TokensPerspective::setTokens(const std::shared_ptr<const LoadedTokens>& tokens)
{
    m_tokens = tokens;
    m_current->clear();
    m_page->setTokens(tokens);
    m_places->setTokens(tokens);
    m_rest.stop();
    m_atlas->setTokens(tokens);
    m_gallery->setTokens(tokens);
    m_statistics->setTokens(tokens);
    setComparison(nullptr);
}

void TokensPerspective::setComparison(const std::shared_ptr<const CodebookComparison>& comparison)
{
    m_page->setComparison(comparison);
    m_agreement->setComparison(comparison);
    showClip();
}

void TokensPerspective::showClip()
{
    m_agreement->setClip(m_tokens ? m_tokens->clipNamed(m_clipName) : -1);
}

void TokensPerspective::addBelow(const QString& title, const QString& name, QWidget* widget)
{
    QDockWidget* dock = addDock(title, name, widget, Qt::BottomDockWidgetArea);
    if (m_below)
        tabifyDockWidget(m_below, dock);
    else
        m_below = dock;
    m_below->raise();
}

void TokensPerspective::remember(QSettings& settings) const
{
    settings.setValue(QStringLiteral("window/tokens"), saveState());
    settings.setValue(QStringLiteral("tokens/playOnHover"), m_hear->isChecked());
}

void TokensPerspective::recall(const QSettings& settings)
{
    restoreOrArrange(settings.value(QStringLiteral("window/tokens")).toByteArray());
    m_hear->setChecked(settings.value(QStringLiteral("tokens/playOnHover"), false).toBool());
}

void TokensPerspective::arrangeDocks()
{
    const int letter = fontMetrics().averageCharWidth();
    resizeDocks({m_sourcesDock, m_placesDock}, {letter * 42, std::max(letter * 54, width() / 6)}, Qt::Horizontal);
    resizeDocks({m_below}, {height() * 2 / 5}, Qt::Vertical);
}

void TokensPerspective::showEvent(QShowEvent* event)
{
    DockPage::showEvent(event);
    Q_EMIT seen();
}

} // namespace melscope
