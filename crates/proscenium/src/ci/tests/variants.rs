//! The same service as different builds see it: what differs between a push and a request to merge, and what is missing.

use serde_json::{Value, json};

use super::described;

/// Checks the named facts of the build that an environment describes.
#[track_caller]
fn says(lines: &[&str], expected: &Value) {
    let found = described(lines);
    for (name, value) in expected.as_object().into_iter().flatten() {
        assert_eq!(&found[name], value, "{name} of {found:#}");
    }
}

#[test]
fn gitlab_names_the_branch_that_is_to_be_merged_and_not_the_one_that_it_is_merged_into() {
    let request = [
        "GITLAB_CI=true",
        "CI=true",
        "CI_COMMIT_REF_NAME=refs/merge-requests/8/head",
        "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME=feature",
        "CI_MERGE_REQUEST_IID=8",
        "CI_PIPELINE_NAME=Nightly",
        "CI_JOB_NAME=e2e",
        "CI_PIPELINE_SOURCE=merge_request_event",
    ];
    says(
        &request,
        &json!({
            "provider": "gitlab-ci", "branch": "feature", "pr": 8, "workflow": "Nightly",
            "event": "merge_request_event", "commit": null, "buildUrl": null, "repository": null, "actor": null,
        }),
    );
    says(
        &["GITLAB_CI=true", "CI_COMMIT_REF_NAME=main"],
        &json!({ "branch": "main", "pr": null, "workflow": null }),
    );
}

#[test]
fn jenkins_is_known_by_its_home_alone() {
    says(
        &[
            "JENKINS_HOME=/var/jenkins",
            "BUILD_NUMBER=3",
            "BRANCH_NAME=main",
        ],
        &json!({
            "provider": "jenkins", "branch": "main", "pr": null, "buildNumber": "3", "event": "push",
            "repository": null, "actor": null,
        }),
    );
}

#[test]
fn a_change_in_jenkins_is_a_pull_request_of_its_author() {
    says(
        &[
            "JENKINS_URL=https://j",
            "CHANGE_ID=9",
            "CHANGE_AUTHOR=ann",
            "BUILD_USER=timer",
            "BRANCH_NAME=PR-9",
        ],
        &json!({ "pr": 9, "event": "pull_request", "actor": "ann", "branch": "PR-9" }),
    );
}

#[test]
fn the_repository_of_jenkins_is_the_end_of_any_address_of_git() {
    for address in [
        "https://host.test/ann/shop.git",
        "https://host.test/ann/shop",
        "https://host.test/group/ann/shop.git",
        "git@host.test:ann/shop.git",
        "ssh://git@host.test:2222/ann/shop.git",
    ] {
        says(
            &["JENKINS_HOME=/j", &format!("GIT_URL={address}")],
            &json!({ "repository": "ann/shop" }),
        );
    }
    says(
        &["JENKINS_HOME=/j", "GIT_URL=shop"],
        &json!({ "repository": null }),
    );
}

#[test]
fn circleci_tells_a_pull_request_by_its_number() {
    let request = [
        "CIRCLECI=true",
        "CI=true",
        "CIRCLE_BRANCH=pull/7",
        "CIRCLE_PR_NUMBER=7",
        "CIRCLE_WORKFLOW_JOB_NAME=browsers",
        "CIRCLE_JOB=e2e",
    ];
    says(
        &request,
        &json!({
            "provider": "circleci", "branch": "pull/7", "pr": 7, "workflow": "browsers",
            "event": "pull_request", "repository": null,
        }),
    );
    says(
        &[
            "CIRCLECI=true",
            "CIRCLE_BRANCH=main",
            "CIRCLE_PROJECT_USERNAME=ann",
        ],
        &json!({ "branch": "main", "pr": null, "event": "push", "repository": null }),
    );
}

#[test]
fn travis_tells_the_branch_of_a_pull_request() {
    says(
        &[
            "TRAVIS=true",
            "TRAVIS_BRANCH=main",
            "TRAVIS_PULL_REQUEST_BRANCH=feature",
            "TRAVIS_PULL_REQUEST=12",
            "TRAVIS_EVENT_TYPE=pull_request",
        ],
        &json!({
            "provider": "travis-ci", "branch": "feature", "pr": 12, "event": "pull_request", "actor": null,
        }),
    );
    says(
        &[
            "TRAVIS=true",
            "TRAVIS_BRANCH=main",
            "TRAVIS_PULL_REQUEST_BRANCH=",
            "TRAVIS_PULL_REQUEST=false",
        ],
        &json!({ "branch": "main", "pr": null }),
    );
}

#[test]
fn bitbucket_tells_a_push_from_a_pull_request() {
    let push = ["BITBUCKET_BUILD_NUMBER=11", "BITBUCKET_BRANCH=main"];
    says(
        &push,
        &json!({
            "provider": "bitbucket-pipelines", "branch": "main", "pr": null, "event": "push",
            "buildNumber": "11", "buildUrl": null, "actor": null,
        }),
    );
    says(
        &[
            "BITBUCKET_BUILD_NUMBER=11",
            "BITBUCKET_BRANCH=feature",
            "BITBUCKET_PR_ID=5",
        ],
        &json!({ "branch": "feature", "pr": 5, "event": "pull_request" }),
    );
}

#[test]
fn azure_names_the_branch_of_a_pull_request_and_else_its_own() {
    says(
        &[
            "TF_BUILD=True",
            "BUILD_SOURCEBRANCHNAME=merge",
            "SYSTEM_PULLREQUEST_SOURCEBRANCH=refs/heads/fix/cart",
            "SYSTEM_PULLREQUEST_PULLREQUESTID=6",
            "BUILD_REASON=PullRequest",
        ],
        &json!({
            "provider": "azure-pipelines", "branch": "fix/cart", "pr": 6, "event": "pullrequest", "buildUrl": null,
        }),
    );
    says(
        &[
            "TF_BUILD=True",
            "BUILD_SOURCEBRANCHNAME=main",
            "BUILD_REASON=IndividualCI",
        ],
        &json!({ "branch": "main", "pr": null, "event": "individualci" }),
    );
}

#[test]
fn a_service_without_a_name_is_known_by_what_they_all_set() {
    says(
        &[
            "CONTINUOUS_INTEGRATION=true",
            "GIT_COMMIT=abc",
            "GIT_BRANCH=main",
        ],
        &json!({
            "detected": true, "provider": "generic", "commit": "abc", "branch": "main", "buildNumber": null,
            "pr": null, "workflow": null, "repository": null, "actor": null, "event": null,
        }),
    );
    says(
        &["BUILD_NUMBER=41", "BUILD_ID=7", "BUILD_URL=https://b/41"],
        &json!({
            "detected": true, "provider": "generic", "buildNumber": "41", "buildUrl": "https://b/41", "branch": null,
        }),
    );
    assert_eq!(
        described(&[
            "CI=yes",
            "CONTINUOUS_INTEGRATION=1",
            "BUILD_NUMBER=",
            "BUILD_ID=7"
        ]),
        Value::Null
    );
}
