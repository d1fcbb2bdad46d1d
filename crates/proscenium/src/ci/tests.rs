mod variants;

use std::collections::HashMap;

use serde_json::{Value, json};

use super::detect;

/// The build that an environment of these lines (`NAME=value`) describes, as reports write it.
fn described(lines: &[&str]) -> Value {
    let table: HashMap<&str, &str> = lines
        .iter()
        .filter_map(|line| line.split_once('='))
        .collect();
    let found = detect(&|name| table.get(name).map(|value| (*value).to_owned()));
    serde_json::to_value(found).unwrap_or_default()
}

#[test]
fn every_service_is_told_by_its_environment() {
    let cases: [(&[&str], [&str; 9], Value); 10] = [
        (
            &[
                "GITHUB_ACTIONS=true",
                "CI=true",
                "GITHUB_SHA=abc",
                "GITHUB_HEAD_REF=feature",
                "GITHUB_REF_NAME=7/merge",
                "GITHUB_EVENT_NAME=pull_request",
                "GITHUB_REF=refs/pull/7/merge",
                "GITHUB_WORKFLOW=Tests",
                "GITHUB_RUN_NUMBER=12",
                "GITHUB_RUN_ID=99",
                "GITHUB_SERVER_URL=https://github.com",
                "GITHUB_REPOSITORY=ann/shop",
                "GITHUB_ACTOR=ann",
            ],
            [
                "github-actions",
                "abc",
                "feature",
                "Tests",
                "12",
                "https://github.com/ann/shop/actions/runs/99",
                "ann/shop",
                "ann",
                "pull_request",
            ],
            json!(7),
        ),
        (
            &[
                "GITHUB_ACTIONS=true",
                "GITHUB_SHA=abc",
                "GITHUB_HEAD_REF=",
                "GITHUB_REF_NAME=main",
                "GITHUB_EVENT_NAME=push",
                "GITHUB_REF=refs/heads/main",
                "GITHUB_WORKFLOW=Tests",
                "GITHUB_RUN_NUMBER=12",
            ],
            [
                "github-actions",
                "abc",
                "main",
                "Tests",
                "12",
                "",
                "",
                "",
                "push",
            ],
            Value::Null,
        ),
        (
            &[
                "GITLAB_CI=true",
                "CI_COMMIT_SHA=abc",
                "CI_COMMIT_REF_NAME=main",
                "CI_MERGE_REQUEST_IID=8",
                "CI_JOB_NAME=e2e",
                "CI_PIPELINE_ID=5",
                "CI_PIPELINE_URL=https://g/5",
                "CI_PROJECT_PATH=ann/shop",
                "GITLAB_USER_LOGIN=ann",
                "CI_PIPELINE_SOURCE=push",
            ],
            [
                "gitlab-ci",
                "abc",
                "main",
                "e2e",
                "5",
                "https://g/5",
                "ann/shop",
                "ann",
                "push",
            ],
            json!(8),
        ),
        (
            &[
                "JENKINS_URL=https://j",
                "GIT_COMMIT=abc",
                "GIT_BRANCH=origin/main",
                "CHANGE_ID=9",
                "JOB_NAME=shop",
                "BUILD_NUMBER=3",
                "BUILD_URL=https://j/3",
                "GIT_URL=git@host:ann/shop.git",
                "BUILD_USER=ann",
            ],
            [
                "jenkins",
                "abc",
                "main",
                "shop",
                "3",
                "https://j/3",
                "ann/shop",
                "ann",
                "pull_request",
            ],
            json!(9),
        ),
        (
            &[
                "CIRCLECI=true",
                "CIRCLE_SHA1=abc",
                "CIRCLE_BRANCH=main",
                "CIRCLE_JOB=e2e",
                "CIRCLE_BUILD_NUM=4",
                "CIRCLE_BUILD_URL=https://c/4",
                "CIRCLE_PROJECT_USERNAME=ann",
                "CIRCLE_PROJECT_REPONAME=shop",
                "CIRCLE_USERNAME=ann",
            ],
            [
                "circleci",
                "abc",
                "main",
                "e2e",
                "4",
                "https://c/4",
                "ann/shop",
                "ann",
                "push",
            ],
            Value::Null,
        ),
        (
            &[
                "TF_BUILD=True",
                "BUILD_SOURCEVERSION=abc",
                "SYSTEM_PULLREQUEST_SOURCEBRANCH=refs/heads/feature",
                "SYSTEM_PULLREQUEST_PULLREQUESTID=6",
                "BUILD_DEFINITIONNAME=shop",
                "BUILD_BUILDNUMBER=20",
                "SYSTEM_TEAMFOUNDATIONSERVERURI=https://dev.azure.com/ann/",
                "SYSTEM_TEAMPROJECT=shop",
                "BUILD_BUILDID=77",
                "BUILD_REPOSITORY_NAME=shop",
                "BUILD_REQUESTEDFOR=Ann",
                "BUILD_REASON=PullRequest",
            ],
            [
                "azure-pipelines",
                "abc",
                "feature",
                "shop",
                "20",
                "https://dev.azure.com/ann/shop/_build/results?buildId=77",
                "shop",
                "Ann",
                "pullrequest",
            ],
            json!(6),
        ),
        (
            &[
                "TRAVIS=true",
                "TRAVIS_COMMIT=abc",
                "TRAVIS_BRANCH=main",
                "TRAVIS_PULL_REQUEST=false",
                "TRAVIS_JOB_NAME=e2e",
                "TRAVIS_BUILD_NUMBER=2",
                "TRAVIS_BUILD_WEB_URL=https://t/2",
                "TRAVIS_REPO_SLUG=ann/shop",
                "TRAVIS_EVENT_TYPE=push",
            ],
            [
                "travis-ci",
                "abc",
                "main",
                "e2e",
                "2",
                "https://t/2",
                "ann/shop",
                "",
                "push",
            ],
            Value::Null,
        ),
        (
            &[
                "BITBUCKET_BUILD_NUMBER=11",
                "BITBUCKET_COMMIT=abc",
                "BITBUCKET_BRANCH=main",
                "BITBUCKET_PR_ID=5",
                "BITBUCKET_STEP_NAME=e2e",
                "BITBUCKET_REPO_FULL_NAME=ann/shop",
            ],
            [
                "bitbucket-pipelines",
                "abc",
                "main",
                "e2e",
                "11",
                "https://bitbucket.org/ann/shop/pipelines/results/11",
                "ann/shop",
                "",
                "pull_request",
            ],
            json!(5),
        ),
        (
            &[
                "TEAMCITY_VERSION=2025",
                "BUILD_VCS_NUMBER=abc",
                "BRANCH_NAME=main",
                "TEAMCITY_BUILDCONF_NAME=e2e",
                "BUILD_NUMBER=1",
                "BUILD_URL=https://tc/1",
            ],
            [
                "teamcity",
                "abc",
                "main",
                "e2e",
                "1",
                "https://tc/1",
                "",
                "",
                "",
            ],
            Value::Null,
        ),
        (
            &["CI=1", "COMMIT_SHA=abc", "BRANCH=main", "BUILD_ID=1"],
            ["generic", "abc", "main", "", "1", "", "", "", ""],
            Value::Null,
        ),
    ];
    const NAMES: [&str; 9] = [
        "provider",
        "commit",
        "branch",
        "workflow",
        "buildNumber",
        "buildUrl",
        "repository",
        "actor",
        "event",
    ];
    for (lines, expected, pr) in cases {
        let found = described(lines);
        for (name, text) in NAMES.iter().zip(expected) {
            let wanted = if text.is_empty() {
                Value::Null
            } else {
                json!(text)
            };
            assert_eq!(found[*name], wanted, "{name} of {}", expected[0]);
        }
        assert_eq!(found["pr"], pr, "{}", expected[0]);
        assert_eq!(found["detected"], json!(true));
    }
}

#[test]
fn a_persons_machine_is_no_build() {
    assert_eq!(
        described(&["HOME=/home/ann", "CI=false", "GITHUB_ACTIONS="]),
        Value::Null
    );
}
