'use strict';

const { useFickle } = require('../../../ci/helpers/node/fickledb.cjs');
const { tellForgottenFault } = require('./helper-story.cjs');

tellForgottenFault(test, useFickle());
