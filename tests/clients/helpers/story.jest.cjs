'use strict';

const { useFickle } = require('../../../ci/helpers/node/fickledb.cjs');
const { tellHelperStory } = require('./helper-story.cjs');

tellHelperStory(test, useFickle());
