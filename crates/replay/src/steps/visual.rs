//! A picture of the page or of an element; taken again until it is the approved one or the time is over.

use std::time::Duration;

use browser::{BrowserError, LoadState, Progress};
use bytes::Bytes;
use recording::{Checkpoint, Selector};

use crate::fault::Fault;
use crate::outcome::ErrorCode;
use crate::scene::{Done, Scene};
use crate::visual::{
    Approving, BaselineKey, Extent, Pictures, Raster, Shot, Subject, Visual, VisualVerdict, aside,
    compare, expectation, finding, take,
};

/// A run that approves what it sees waits so long for a page that still comes to look as before.
const LAST_CHANCE: Duration = Duration::from_secs(5);
/// A repaint that no change of the document announces is noticed after this long.
const LOOK_AGAIN: Duration = Duration::from_millis(500);

/// How closely pictures are compared.
#[derive(Clone, Copy)]
struct Measure {
    threshold: f64,
    tolerance: f64,
    negated: bool,
}

pub(super) async fn perform(scene: &mut Scene<'_>, check: &Checkpoint) -> Result<Done, Fault> {
    scene.progress.log("checking what it looks like");
    let measure = Measure {
        threshold: check.threshold.unwrap_or(Checkpoint::DEFAULT_THRESHOLD),
        tolerance: check.tolerance.unwrap_or(Checkpoint::DEFAULT_TOLERANCE),
        negated: check.negated == Some(true),
    };
    let subject = subject(scene, check);
    // A picture of half a page would never be the right one, and could be approved.
    let page = scene.page();
    scene.wait_for_load(&page, LoadState::Load).await?;
    let progress = scene.progress.clone();
    let shot = take(scene, &progress, &subject).await?;
    let key = BaselineKey {
        step_id: scene.baseline_id(),
        engine: page.engine(),
        screen: shot.screen,
    };
    let approved = scene.options.baselines.find(&key).await;
    let approved = approved.map_err(|why| {
        Fault::new(
            ErrorCode::NoBaseline,
            format!("the approved picture cannot be read: {why}"),
        )
    })?;
    let Some(png) = approved else {
        return unapproved(scene, &key, measure, shot).await;
    };
    let expected = read(png.clone()).await?;
    until_it_holds(scene, &key, measure, &subject, (png, expected), shot).await
}

fn subject(scene: &Scene<'_>, check: &Checkpoint) -> Subject {
    let element = scene.step.locators();
    let masks = check.masks.iter().map(|mask| {
        let mut selectors: Vec<Selector> = mask.selectors.clone();
        selectors.sort_by(|a, b| {
            let rank = |selector: &Selector| selector.priority.unwrap_or(f64::MAX);
            rank(a).total_cmp(&rank(b))
        });
        selectors
    });
    Subject {
        element: Some(element).filter(|selectors| !selectors.is_empty()),
        extent: if check.full_page == Some(true) {
            Extent::Document
        } else {
            Extent::Viewport
        },
        masks: masks.collect(),
    }
}

/// There is nothing to compare with: the step fails, unless the run may approve what it sees.
async fn unapproved(
    scene: &mut Scene<'_>,
    key: &BaselineKey,
    measure: Measure,
    shot: Shot,
) -> Result<Done, Fault> {
    let mut visual = look(key, measure, &shot, VisualVerdict::NoBaseline);
    visual.pictures.actual = Some(write(shot.raster).await?);
    let now = scene.options.approving == Approving::Now;
    visual.approved = now;
    scene.notes.visual = Some(Box::new(visual));
    if now {
        scene.note("its picture is the first baseline");
        return Ok(Done::Performed);
    }
    let fault = Fault::new(
        ErrorCode::NoBaseline,
        format!(
            "no picture has been approved for this step on {} at {}: look at the one that was taken and approve it, \
             in the run's page or with `proscenium run --update-baselines`",
            key.engine, key.screen
        ),
    );
    Err(fault)
}

async fn until_it_holds(
    scene: &mut Scene<'_>,
    key: &BaselineKey,
    measure: Measure,
    subject: &Subject,
    (png, expected): (Bytes, Raster),
    mut shot: Shot,
) -> Result<Done, Fault> {
    let patience = match scene.options.approving {
        Approving::Later => scene.progress.clone(),
        Approving::Now => scene.progress.within(LAST_CHANCE),
    };
    loop {
        let (visual, difference) = judge(key, measure, &expected, &shot).await?;
        let same = visual.verdict == VisualVerdict::Same;
        scene.notes.expected = Some(expectation(&visual, measure.negated, &expected));
        scene.notes.actual = Some(finding(&visual));
        if same != measure.negated {
            scene.notes.visual = Some(Box::new(visual));
            return Ok(Done::Performed);
        }
        scene.progress.log(finding(&visual));
        match next(scene, &patience, subject, &shot).await? {
            Some(next) => {
                scene.notes.retries += 1;
                shot = next;
            }
            None => return failed(scene, measure, visual, (png, difference, shot)).await,
        }
    }
}

/// The picture after the page's next change; nothing when the time is over.
async fn next(
    scene: &mut Scene<'_>,
    patience: &Progress,
    subject: &Subject,
    last: &Shot,
) -> Result<Option<Shot>, Fault> {
    loop {
        let limit = LOOK_AGAIN.min(patience.remaining());
        if limit.is_zero() || scene.progress.cancel_token().is_cancelled() {
            return Ok(None);
        }
        let page = scene.page();
        let limit = u64::try_from(limit.as_millis()).unwrap_or(u64::MAX);
        let waited = page
            .main_frame()
            .call::<serde_json::Value>(patience, "picture.change", &(limit,))
            .await;
        let taken = match waited.map_err(Fault::from) {
            Ok(_) => take(scene, patience, subject).await,
            Err(fault) => Err(fault),
        };
        match taken {
            Ok(shot) if shot.raster == last.raster && shot.masks == last.masks => {}
            Ok(shot) => return Ok(Some(shot)),
            Err(fault) if fault.code() == ErrorCode::Timeout => return Ok(None),
            // A document that is being replaced has no change to wait for; the picture waits for the next one.
            Err(fault) if is_replaced(&fault) => {}
            Err(fault) => return Err(fault),
        }
    }
}

fn is_replaced(fault: &Fault) -> bool {
    fault.message() == BrowserError::ContextDestroyed.to_string()
}

async fn judge(
    key: &BaselineKey,
    measure: Measure,
    expected: &Raster,
    shot: &Shot,
) -> Result<(Visual, Option<Raster>), Fault> {
    let (a, b, masks) = (expected.clone(), shot.raster.clone(), shot.masks.clone());
    let compared = aside(move || {
        let compared = compare(&a, &b, &masks, measure.tolerance);
        Ok(compared.map(|compared| {
            let drawn = (compared.differing > 0).then(|| compared.picture(&b));
            (compared.differing, compared.share(), drawn)
        }))
    });
    let Some((differing, share, drawn)) = compared.await? else {
        return Ok((look(key, measure, shot, VisualVerdict::OtherSize), None));
    };
    let verdict = if share <= measure.threshold {
        VisualVerdict::Same
    } else {
        VisualVerdict::Different
    };
    let visual = Visual {
        differing_pixels: Some(differing),
        share: Some(share),
        ..look(key, measure, shot, verdict)
    };
    Ok((visual, drawn))
}

/// The time is over: the step fails with its pictures, unless the run may approve what it sees.
async fn failed(
    scene: &mut Scene<'_>,
    measure: Measure,
    mut visual: Visual,
    (expected, difference, shot): (Bytes, Option<Raster>, Shot),
) -> Result<Done, Fault> {
    visual.pictures = Pictures {
        expected: Some(expected),
        actual: Some(write(shot.raster).await?),
        difference: match difference {
            Some(difference) => Some(write(difference).await?),
            None => None,
        },
    };
    let wanted = scene.notes.expected.clone().unwrap_or_default();
    let found = scene.notes.actual.clone().unwrap_or_default();
    // A picture that should differ and does not is no new baseline.
    visual.approved = scene.options.approving == Approving::Now && !measure.negated;
    let (approved, is_still) = (visual.approved, visual.is_still);
    scene.notes.visual = Some(Box::new(visual));
    if approved {
        scene.note(format!("its picture is the new baseline: {found}"));
        return Ok(Done::Performed);
    }
    let fault = Fault::new(ErrorCode::CheckFailed, format!("{found}, {wanted}"));
    Err(if is_still {
        fault
    } else {
        fault.detail("the page did not stand still while its picture was taken; mask what moves")
    })
}

fn look(key: &BaselineKey, measure: Measure, shot: &Shot, verdict: VisualVerdict) -> Visual {
    Visual {
        step_id: key.step_id.clone(),
        verdict,
        engine: key.engine,
        screen: key.screen,
        width: shot.raster.width(),
        height: shot.raster.height(),
        differing_pixels: None,
        share: None,
        threshold: measure.threshold,
        is_still: shot.is_still,
        approved: false,
        pictures: Pictures::default(),
    }
}

async fn read(png: Bytes) -> Result<Raster, Fault> {
    aside(move || Raster::read(&png).map_err(|why| format!("of the approved picture: {why}"))).await
}

async fn write(raster: Raster) -> Result<Bytes, Fault> {
    aside(move || raster.write()).await
}
