// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/NamedChain.h"
#include "base/Threads.h"
#include "dataset/Dataset.h"
#include "training/Engine.h"
#include "training/Recipe.h"

#include <QWidget>

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QScrollArea;
class QSpinBox;
class QVBoxLayout;

namespace melscope {

class AugmentationChoice;
class CostPanel;
class MethodCards;
class ParameterForm;
class WeightsChoice;

/// What a new run is made of: method, recipe with its values, weights, folds, seeds; whether the dataset at hand may be used; and
/// what the run would cost.
class RunForm : public QWidget
{
    Q_OBJECT

public:
    explicit RunForm(QWidget* parent = nullptr);
    ~RunForm() override;

    void setDataset(std::shared_ptr<const Dataset> dataset); ///< nullptr: none
    void setRecipes(const std::vector<Recipe>& recipes);
    void chooseRecipe(const std::string& name);
    /// In place of the recipe's own, until the user chooses otherwise; of its views where it learns by contrast.
    void setAugmentation(const NamedChain& chain);

    const Recipe& recipe() const { return m_recipe; } ///< as edited
    std::vector<int> folds() const;                   ///< held out, one after the other
    void showMeasuring(const QString& doing);        ///< of what costRequested() asked for; empty: no more
    void setCost(const FoldJob& job, const TrainingCost& cost);
    void showCostFailure(const QString& sentence);

    QString obstacle() const; ///< the sentence that says why nothing can be started, empty where it can

    ParameterForm* form() const { return m_form; } ///< nullptr before a recipe is there
    WeightsChoice* weights() const { return m_weights; }

Q_SIGNALS:
    void startRequested(const melscope::Recipe& recipe, const std::vector<int>& folds, quint64 seed); ///< once for each seed
    void editAugmentationRequested(const melscope::NamedChain& chain);
    void recipeChanged(const melscope::Recipe& recipe); ///< another one, or another value or chain in it
    void costRequested(const melscope::FoldJob& job); ///< one fold's
    void costCancelled();

private:
    void build();
    QWidget* buildWhere();
    void showMethod();
    void showRecipe();
    void takeEdit(const QString& key);
    void takeAugmentation();
    void takeWeights();
    FoldJob job() const; ///< of one fold of the run as it stands
    void showCost();
    void nameRecipe();
    void showDataset();
    void lookForLeaks();
    void updateStart();
    void start();

    std::vector<Recipe> m_recipes;
    Recipe m_chosen; ///< as shipped
    Recipe m_recipe; ///< as edited
    std::set<std::string> m_refused; ///< keys whose values in the form contradict others
    std::shared_ptr<const Dataset> m_dataset;
    MethodCards* m_cards;
    QComboBox* m_recipeChoice;
    QLabel* m_summary;
    WeightsChoice* m_weights;
    AugmentationChoice* m_augmentation;
    AugmentationChoice* m_views; ///< shown where the recipe has views
    QScrollArea* m_scroll;
    QVBoxLayout* m_formPlace;
    ParameterForm* m_form = nullptr;
    QLabel *m_datasetLine, *m_leakLine, *m_obstacle;
    QComboBox* m_foldChoice;
    QSpinBox *m_seed, *m_seedCount;
    CostPanel* m_cost;
    std::map<std::string, TrainingCost> m_costs; ///< measured, by what decides them
    QPushButton* m_start;
    LatestJob m_leakJob; // last: stops before what it delivers to goes
};

} // namespace melscope
